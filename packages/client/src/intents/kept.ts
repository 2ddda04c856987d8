import { isNonJsonSerializable } from '@trpc/client'

/** Inputs that a device cannot serialize. */
type Unwritable = FormData | Blob | Uint8Array

/**
 * Where the open intent of an input is kept. On the `device` it survives a reload and the end of the program; forms, files and bytes are
 * kept in the `program` only, so after a restart the person has to send them again.
 */
export type Kept<Input> = Input extends Unwritable ? 'program' : 'device'

/** Where the open intent of this input is kept. */
export function keptIn(input: unknown): 'device' | 'program' {
  return isNonJsonSerializable(input) ? 'program' : 'device'
}
