import { describeInputErrors } from '@tollgate/contract/copy'
import { useCopy } from '../../copy/copy-context.tsx'

/** Why the server did not accept a field, in a sentence, until the form holds another input; null for a field that it accepted. */
export function useInputErrors(
  call: { error: unknown; input: object | undefined },
  input: object,
): (...paths: readonly string[]) => string | null {
  const { t } = useCopy()
  const isSent = JSON.stringify(call.input) === JSON.stringify(input)
  return describeInputErrors(isSent ? call.error : null, t)
}
