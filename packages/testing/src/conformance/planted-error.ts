/** An error that the kit itself throws into the work; what the server reports about it explains nothing. */
export class PlantedError extends Error {
  override readonly name = 'PlantedError'
}
