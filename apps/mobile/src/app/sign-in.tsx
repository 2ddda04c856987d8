import { SignInForm } from '../features/session/sign-in-form.tsx'
import { Screen } from '../ui/screen.tsx'

export default function SignInScreen() {
  return (
    <Screen>
      <SignInForm />
    </Screen>
  )
}
