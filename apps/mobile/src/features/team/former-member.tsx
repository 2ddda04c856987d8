import type { ReactNode } from 'react'
import { trpc } from '../../connection/trpc.ts'
import { useSession } from '../session/session-provider.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Screen } from '../../ui/screen.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'

const { t } = copy

/** Explains to a former member why nothing works and leads back to the personal account; shows the screens to all others. */
export function FormerMember({ children }: { children: ReactNode }) {
  const { switchBy } = useSession()
  const { error } = trpc.billing.balance.useQuery()
  const billing = error?.data?.billing
  if (billing?.kind !== 'not_permitted' || billing.needs !== 'membership') return children
  const { title, text } = t.refusal.not_permitted.membership
  return (
    <Screen>
      <Card>
        <Words as="title" alert>
          {title}
        </Words>
        <Words>{text}</Words>
        <Button
          label={t.team.former}
          onPress={() => void switchBy({ path: 'set-active', body: { organizationId: null } })}
        />
      </Card>
    </Screen>
  )
}
