/** The attributes of Tollgate's spans; every other one has its name from OpenTelemetry's semantic conventions. */
export const SPAN_ATTRIBUTES = {
  /** The procedure's path: `images.generate`. */
  procedure: 'tollgate.procedure',
  operationId: 'tollgate.operation.id',
  /** Of a delivery: the operations whose usage events it carries. */
  operationIds: 'tollgate.operation.ids',
  /** The meters of the call. */
  meters: 'tollgate.meters',
  /** Credits in the order of `tollgate.meters`: what is held until `settle`, what was charged from there on. */
  credits: 'tollgate.credits',
  /** `placed`, `settled`, `released`, `replayed`, or the code of the error. */
  outcome: 'tollgate.outcome',
} as const
