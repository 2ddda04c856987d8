import type { BillingAction } from '@tollgate/client'
import { router } from 'expo-router'
import { BalanceMeter } from '../balance/balance-meter.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'
import { ActionButton } from './action-button.tsx'
import { actionsOf, askedOf, explain } from './refusal.ts'
import { useRefusal } from './refusal-provider.tsx'

/** Which credits ran out, when they reset, and the actions that the server offers on this device. */
export function OutOfCredits() {
  const { refusal } = useRefusal()
  if (!refusal) {
    return (
      <Card>
        <Words as="title">Nothing is missing</Words>
        <Button label="Back to the Studio" onPress={() => router.replace('/')} />
      </Card>
    )
  }
  const actions = actionsOf(refusal)
  const { title, text } = explain(refusal)
  return (
    <>
      <Card>
        <Words as="title">{title}</Words>
        <Words>{text}</Words>
        {refusal.kind === 'insufficient_credits' ? <BalanceMeter meter={refusal.meter} /> : null}
      </Card>
      {actions.length > 0 ? (
        <Card>
          {actions.map((action, position) => (
            <ActionButton
              key={nameOf(action)}
              action={action}
              isPrimary={position === 0}
              asked={askedOf(refusal)}
            />
          ))}
        </Card>
      ) : null}
      <Button label="Back, keep my draft" kind="plain" onPress={() => router.back()} />
    </>
  )
}

function nameOf(action: BillingAction): string {
  return action.type === 'checkout' ? `checkout ${action.priceSlug}` : action.type
}
