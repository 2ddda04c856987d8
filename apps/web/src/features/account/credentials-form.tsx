import { type SubmitEvent, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { Field, INPUT_STYLE } from '../../components/field.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { refusalReason, useSignIn } from './use-sign-in.ts'

/** Email and password, for a new account or an existing one. */
export function CredentialsForm(props: { startWith: 'new' | 'known'; onDone?: () => void }) {
  const { startWith, onDone } = props
  const { t } = useCopy()
  const [as, setAs] = useState(startWith)
  const signIn = useSignIn()
  const isNew = as === 'new'

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    const credentials = {
      name: text(form, 'name'),
      email: text(form, 'email'),
      password: text(form, 'password'),
    }
    signIn.mutate({ as, credentials }, onDone ? { onSuccess: onDone } : {})
  }

  return (
    <form onSubmit={submit} className="grid gap-4">
      {isNew ? (
        <Field label={t.welcome.name}>
          {(ids) => (
            <input {...ids} name="name" required autoComplete="name" className={INPUT_STYLE} />
          )}
        </Field>
      ) : null}
      <Field label={t.welcome.email}>
        {(ids) => (
          <input
            {...ids}
            name="email"
            type="email"
            required
            autoComplete="email"
            className={INPUT_STYLE}
          />
        )}
      </Field>
      <Field label={t.welcome.password} hint={isNew ? t.welcome.passwordHint : undefined}>
        {(ids) => (
          <input
            {...ids}
            name="password"
            type="password"
            required
            minLength={8}
            autoComplete={isNew ? 'new-password' : 'current-password'}
            className={INPUT_STYLE}
          />
        )}
      </Field>
      {signIn.isError ? (
        <p role="alert" className="text-sm font-medium text-danger">
          {t.signInError(refusalReason(signIn.error))}
        </p>
      ) : null}
      <Button type="submit" look="secondary" wide pending={signIn.isPending}>
        {isNew ? t.welcome.signUp : t.welcome.signIn}
      </Button>
      <Button look="quiet" wide onClick={() => setAs(isNew ? 'known' : 'new')}>
        {isNew ? t.welcome.toSignIn : t.welcome.toSignUp}
      </Button>
    </form>
  )
}

function text(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
