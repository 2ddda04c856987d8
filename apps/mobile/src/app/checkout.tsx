import { CheckoutReturn } from '../features/credits/checkout-return.tsx'
import { Screen } from '../ui/screen.tsx'

export default function CheckoutScreen() {
  return (
    <Screen>
      <CheckoutReturn />
    </Screen>
  )
}
