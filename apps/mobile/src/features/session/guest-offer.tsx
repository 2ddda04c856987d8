import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Words } from '../../ui/words.tsx'

/** Signing in as a guest, which requires no input. */
export function GuestOffer(props: { onPress: () => void; isBusy: boolean; isDisabled: boolean }) {
  return (
    <Card>
      <Words as="title">Try it first</Words>
      <Words as="quiet">No account needed. Your balance stays when you make one later.</Words>
      <Button
        label="Continue as guest"
        busy={props.isBusy}
        disabled={props.isDisabled}
        onPress={props.onPress}
      />
    </Card>
  )
}
