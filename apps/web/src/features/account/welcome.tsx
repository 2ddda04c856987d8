import { Link } from 'wouter'
import { Button } from '../../components/button.tsx'
import { TickIcon } from '../../components/icons.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { CredentialsForm } from './credentials-form.tsx'
import { useSignIn } from './use-sign-in.ts'

/** The landing page: what the Studio is, and how to sign in. */
export function Welcome() {
  const { t } = useCopy()
  const signIn = useSignIn()
  return (
    <div className="mx-auto grid max-w-5xl content-center gap-x-16 gap-y-10 py-4 sm:py-8 lg:min-h-[calc(100dvh-13rem)] lg:grid-cols-[1.15fr_1fr]">
      <div className="lg:self-end">
        <h1 className="max-w-[14em] text-[2rem] leading-[1.1] tracking-[-0.03em] sm:text-[2.75rem]">
          {t.welcome.headline}
        </h1>
        <p className="mt-5 max-w-[38em] text-[1.0625rem] text-pretty text-muted">
          {t.welcome.lead}
        </p>
      </div>
      <section
        aria-label={t.welcome.signIn}
        className="self-center lg:row-span-2 rounded-card border border-line bg-surface p-6 shadow-float sm:p-8"
      >
        <Button
          look="primary"
          wide
          pending={signIn.isPending}
          onClick={() => signIn.mutate({ as: 'guest' })}
        >
          {t.welcome.guest}
        </Button>
        <p className="mt-2.5 text-center text-[0.8125rem] text-muted">{t.welcome.guestHint}</p>
        {signIn.isError ? (
          <p role="alert" className="mt-2 text-center text-sm font-medium text-danger">
            {t.welcome.failed}
          </p>
        ) : null}
        <div className="my-6 flex items-center gap-4 text-[0.8125rem] text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
          {t.welcome.or}
        </div>
        <CredentialsForm startWith="known" />
        <p className="mt-4 text-center text-sm">
          <Link
            href="/plans"
            className="inline-flex min-h-11 items-center underline underline-offset-4"
          >
            {t.welcome.plans}
          </Link>
        </p>
      </section>
      <ul className="grid content-start gap-4">
        {t.welcome.points.map((point) => (
          <li key={point.title} className="flex gap-3">
            <span className="grid size-7 shrink-0 place-items-center rounded-full bg-accent-soft text-accent">
              <TickIcon className="size-4" />
            </span>
            <p>
              <span className="font-medium">{point.title}.</span>{' '}
              <span className="text-muted">{point.text}</span>
            </p>
          </li>
        ))}
      </ul>
    </div>
  )
}
