import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Card } from '../../components/card.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import type { Person } from '../account/use-session.ts'
import { DeleteDialog } from './delete-dialog.tsx'
import type { Deletion } from './deletion.ts'
import { DeletionBlocked } from './deletion-blocked.tsx'

/** Deletes the account or the team after listing what is lost, or names what has to be ended first. */
export function DeleteCard(props: { person: Person; deletion: Deletion; onCheck: () => void }) {
  const { person, deletion, onCheck } = props
  const { t } = useCopy()
  const [asking, setAsking] = useState(false)
  const isTeam = person.organizationId !== null
  const title = isTeam ? t.accountData.deleteTeamTitle : t.accountData.deleteTitle
  return (
    <Card title={title} lead={t.accountData.deleteHint}>
      <div className="grid gap-5">
        <LossList lost={deletion.lost} isTeam={isTeam} />
        {deletion.blockedBy === null ? (
          <div>
            <Button look="danger" onClick={() => setAsking(true)}>
              {title}
            </Button>
          </div>
        ) : (
          <DeletionBlocked
            person={person}
            blockedBy={deletion.blockedBy}
            organizations={deletion.organizations}
            onCheck={onCheck}
          />
        )}
      </div>
      <DeleteDialog
        open={asking && deletion.blockedBy === null}
        organizationId={person.organizationId}
        onClose={() => setAsking(false)}
      />
    </Card>
  )
}

function LossList({ lost, isTeam }: { lost: Deletion['lost']; isTeam: boolean }) {
  const { t, f } = useCopy()
  const credits = lost.map(({ meter, amount }) => t.cost.fixed(f, meter, amount)).join(', ')
  return (
    <div className="grid gap-1.5">
      <h3 className="text-sm font-medium">{t.accountData.lost}</h3>
      <ul className="list-disc space-y-1 pl-5 text-sm text-muted">
        <li>{credits ? t.accountData.lostCredits(credits) : t.accountData.noCredits}</li>
        <li>{t.accountData.lostResults}</li>
        <li>{t.accountData.lostKeys}</li>
        {isTeam ? <li>{t.accountData.lostMembers}</li> : null}
      </ul>
    </div>
  )
}
