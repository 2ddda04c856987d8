import { SignInForm } from '../features/session/sign-in-form.tsx'
import { Screen } from '../ui/screen.tsx'

export default function MakeAccountScreen() {
  return (
    <Screen>
      <SignInForm />
    </Screen>
  )
}
