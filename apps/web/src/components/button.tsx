import type { ComponentProps, ReactNode } from 'react'

type Look = 'primary' | 'secondary' | 'quiet' | 'danger'

/** A button that stays focusable while disabled, so that screen reader users can learn why. */
export function Button(
  props: Omit<ComponentProps<'button'>, 'disabled' | 'className'> & {
    look?: Look
    blocked?: boolean
    pending?: boolean
    wide?: boolean
    icon?: ReactNode
  },
) {
  const { look = 'secondary', blocked, pending, wide, icon, children, onClick, ...rest } = props
  const inert = blocked === true || pending === true
  return (
    <button
      type="button"
      {...rest}
      aria-disabled={inert || undefined}
      aria-busy={pending || undefined}
      onClick={(event) => {
        // A blocked submit button must not submit its form either.
        if (inert) event.preventDefault()
        else onClick?.(event)
      }}
      className={`${buttonStyle(look)} ${wide ? 'w-full' : ''}`}
    >
      {icon}
      {children}
    </button>
  )
}

/** The style of a button, for links that look like one. */
export function buttonStyle(look: Look): string {
  return `${SHAPE} ${LOOKS[look]}`
}

const SHAPE =
  'inline-flex min-h-11 items-center justify-center gap-2 rounded-control px-4 py-2 text-[0.9375rem] leading-tight font-medium whitespace-nowrap max-sm:text-center max-sm:whitespace-normal transition-[background-color,border-color,transform] duration-150 select-none active:translate-y-px aria-disabled:cursor-not-allowed aria-disabled:active:translate-y-0'

const LOOKS: Record<Look, string> = {
  primary:
    'bg-accent text-on-accent shadow-card hover:bg-accent-strong aria-disabled:bg-ink/8 aria-disabled:text-muted aria-disabled:shadow-none aria-disabled:hover:bg-ink/8',
  secondary:
    'border border-line bg-surface text-ink shadow-card hover:border-line-strong aria-disabled:text-muted aria-disabled:hover:border-line',
  quiet: 'text-muted hover:bg-ink/6 hover:text-ink',
  danger: 'border border-line bg-surface text-danger hover:border-danger-bar',
}
