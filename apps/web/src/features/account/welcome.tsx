import { Link } from 'wouter'
import { Button } from '../../components/button.tsx'
import { TickIcon } from '../../components/icons.tsx'
import { useCopy } from '../../copy/copy-context.tsx'
import { CredentialsForm } from './credentials-form.tsx'
import { DeletedNotice } from './deleted-notice.tsx'
import { DraftCard } from './draft-card.tsx'
import { refusalReason, useSignIn } from './use-sign-in.ts'

/** The landing page: what the Studio is, a card to try, and how to sign in. */
export function Welcome() {
  const { t } = useCopy()
  const signIn = useSignIn()
  return (
    <div className="mx-auto grid max-w-5xl gap-x-14 gap-y-8 py-2 lg:grid-cols-[1.25fr_1fr]">
      <div className="lg:col-span-2">
        <h1 className="text-[2rem] leading-[1.1] tracking-[-0.03em] sm:text-[2.75rem]">
          {t.welcome.headline}
        </h1>
        <p className="mt-3 max-w-[42em] text-[1.0625rem] text-pretty text-muted">
          {t.welcome.lead}
        </p>
      </div>
      <div className="empty:hidden lg:col-span-2">
        <DeletedNotice />
      </div>
      <DraftCard />
      <section
        aria-label={t.welcome.signIn}
        className="self-start rounded-card border border-line bg-surface p-6 shadow-float sm:p-8"
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
            {t.signInError(refusalReason(signIn.error))}
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
      <ul className="grid gap-4 lg:col-span-2 lg:grid-cols-3 lg:gap-8 lg:border-t lg:border-line lg:pt-6">
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
