import type { ReactNode } from 'react'

/** A surface for one topic; labelled by its heading if it has one. */
export function Card(props: {
  title?: string
  lead?: string
  aside?: ReactNode
  label?: string
  flush?: boolean
  children: ReactNode
}) {
  const { title, lead, aside, label, flush, children } = props
  return (
    <section
      aria-label={label ?? title}
      className={`min-w-0 rounded-card border border-line bg-surface shadow-card ${flush ? '' : 'p-5 sm:p-6'}`}
    >
      {title ? (
        <header
          className={`flex flex-wrap items-start justify-between gap-3 ${flush ? 'p-5 sm:p-6' : 'mb-5'}`}
        >
          <div className="min-w-0">
            <h2 className="text-[1.0625rem]">{title}</h2>
            {lead ? <p className="mt-1 text-sm text-muted">{lead}</p> : null}
          </div>
          {aside}
        </header>
      ) : null}
      {children}
    </section>
  )
}
