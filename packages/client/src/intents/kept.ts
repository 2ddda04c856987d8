import { isNonJsonSerializable } from '@trpc/client'

/** Inputs that a device cannot write down. */
type Unwritable = FormData | Blob | Uint8Array

/**
 * Where the open intent of such an input is kept. On the `device`, where it survives a reload and the end of the program; or in the
 * running `program` alone, for forms, files and bytes: after a restart the person has to send them again.
 */
export type Kept<Input> = Input extends Unwritable ? 'program' : 'device'

/** Where the open intent of this input is kept. */
export function keptIn(input: unknown): 'device' | 'program' {
  return isNonJsonSerializable(input) ? 'program' : 'device'
}
