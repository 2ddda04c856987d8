import type { ReactNode } from 'react'
import { CheckIcon, ClockIcon, InfoIcon, WarningIcon } from './icons.tsx'

export type Tone = 'info' | 'good' | 'warn' | 'danger' | 'busy'

/** What happened, what it means and what to do; never conveyed by color alone. */
export function Notice(props: {
  tone: Tone
  title: string
  children?: ReactNode
  actions?: ReactNode
  /** Interrupts a screen reader: only for responses to an action of the user. */
  urgent?: boolean
}) {
  const { tone, title, children, actions, urgent } = props
  const { Icon, box, icon } = LOOKS[tone]
  const Box = urgent ? 'div' : 'output'
  return (
    <Box
      role={urgent ? 'alert' : undefined}
      className={`rise block rounded-card border p-4 sm:p-5 ${box}`}
    >
      <div className="flex gap-3">
        <Icon className={`mt-0.5 size-5 shrink-0 ${icon}`} />
        <div className="grid min-w-0 flex-1 gap-1.5">
          <h2 className="text-[0.9375rem] leading-snug">{title}</h2>
          {children ? <div className="grid gap-1 text-sm text-ink/85">{children}</div> : null}
          {actions ? <div className="mt-2.5 flex flex-wrap gap-2">{actions}</div> : null}
        </div>
      </div>
    </Box>
  )
}

const LOOKS = {
  info: { Icon: InfoIcon, box: 'border-line bg-sunken', icon: 'text-muted' },
  busy: { Icon: ClockIcon, box: 'border-line bg-sunken', icon: 'text-accent' },
  good: { Icon: CheckIcon, box: 'border-accent/30 bg-accent-soft', icon: 'text-accent' },
  warn: { Icon: WarningIcon, box: 'border-warn-bar/40 bg-warn-soft', icon: 'text-warn' },
  danger: { Icon: WarningIcon, box: 'border-danger-bar/35 bg-danger-soft', icon: 'text-danger' },
} as const
