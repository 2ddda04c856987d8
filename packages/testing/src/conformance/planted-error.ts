/** An error that the kit itself throws into the work; the server's report about it explains nothing. */
export class PlantedError extends Error {
  override readonly name = 'PlantedError'
}
