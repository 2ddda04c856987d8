import { MeteringError } from '../metering-error.ts'

// The messages of every internal code: defects of a procedure and failed calls, as opposed to refusals.

/** 500: an amount or a report that cannot be charged. */
export function costInvalid(procedure: string, what: string): MeteringError {
  return new MeteringError({
    code: 'COST_INVALID',
    message: `The cost of ${procedure} is invalid: ${what}. Nothing was charged. Fix its amounts.`,
  })
}

/** 500: a stream is to be charged by its result, and has none. */
export function streamHasNoId(procedure: string): MeteringError {
  return costInvalid(procedure, 'it is charged once per result, and a stream has none')
}

/** 400: the input cannot be compared, so a retry could not be distinguished from another call. */
export function inputNotComparable(procedure: string, what: string): MeteringError {
  return new MeteringError({
    code: 'INPUT_NOT_COMPARABLE',
    message: `The input of ${procedure} ${what}, which cannot be compared with a retry's. Nothing was charged. Send JSON or a form.`,
  })
}

/** 500: the result contains what JSON would lose, so a retry would get a different result. */
export function resultNotJson(procedure: string, what: string): MeteringError {
  return new MeteringError({
    code: 'RESULT_NOT_JSON',
    message: `The result of ${procedure} cannot be kept for a retry: ${what}. Nothing was charged for it. Return plain JSON.`,
  })
}

/** 500: the result is larger than `resultBytesMax`. */
export function resultTooLarge(procedure: string, bytesMax: number): MeteringError {
  return new MeteringError({
    code: 'RESULT_TOO_LARGE',
    message: `The result of ${procedure} has more than ${bytesMax} bytes and cannot be kept for a retry. Nothing was charged. Store it elsewhere and return a reference.`,
  })
}

/** 500: the operation's process died too often for another attempt. */
export function poisoned(operationId: string): MeteringError {
  return new MeteringError({
    code: 'OPERATION_POISONED',
    message: `Operation ${operationId} ended its process too often and is parked; nothing was charged. Fix the procedure.`,
  })
}

/** 504: the work was not done by its deadline. */
export function deadlineExceeded(message: string, cause: unknown): MeteringError {
  return new MeteringError({ code: 'DEADLINE_EXCEEDED', message }, { cause })
}

/** 499: the work ended because its caller disconnected; only metrics see this. */
export function callerGone(procedure: string, cause: unknown): MeteringError {
  return new MeteringError(
    {
      code: 'CALLER_GONE',
      message: `The caller of ${procedure} hung up before it was done. Nothing was charged.`,
    },
    { cause },
  )
}
