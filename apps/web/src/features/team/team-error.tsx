import { FailureText } from '../../components/failure-text.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { refusalReason } from '../account/use-sign-in.ts'

/** Why the server rejected a team change. */
export function TeamError({ error }: { error: unknown }) {
  const { t } = useCopy()
  return <FailureText text={error ? t.team.error(refusalReason(error)) : null} />
}
