/** The request cannot be generated; the message says what to write instead. */
export class GeneratorRefusal extends Error {
  override readonly name = 'GeneratorRefusal'
}
