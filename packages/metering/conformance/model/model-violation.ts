/** A broken invariant; `id` names it. */
export class ModelViolation extends Error {
  override readonly name = 'ModelViolation'
  readonly id: string

  constructor(id: string, title: string, evidence: unknown) {
    super(`${id}: ${title}\n${JSON.stringify(evidence)}`)
    this.id = id
  }
}
