import { describeInputErrors } from '@tollgate/contract/copy'
import { useCopy } from '../../copy/copy-context.tsx'

/** Why the server rejected a field, as a sentence, until the form's input changes; null for an accepted field. */
export function useInputErrors(
  call: { error: unknown; input: object | undefined },
  input: object,
): (...paths: readonly string[]) => string | null {
  const { t } = useCopy()
  const isSent = JSON.stringify(call.input) === JSON.stringify(input)
  return describeInputErrors(isSent ? call.error : null, t)
}
