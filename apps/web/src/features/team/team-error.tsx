import { useCopy } from '../../copy/copy-context.tsx'
import { refusalReason } from '../account/use-sign-in.ts'

/** Why the server refused a change of a team. */
export function TeamError({ error }: { error: unknown }) {
  const { t } = useCopy()
  return error ? (
    <p role="alert" className="text-sm font-medium text-danger">
      {t.team.error(refusalReason(error))}
    </p>
  ) : null
}
