import { type ReactNode, useId } from 'react'

/** A labelled control with its hint; the control gets the ids it needs. */
export function Field(props: {
  label: string
  hint?: ReactNode
  children: (ids: { id: string; 'aria-describedby'?: string }) => ReactNode
}) {
  const { label, hint, children } = props
  const id = useId()
  const hintId = `${id}-hint`
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children(hint ? { id, 'aria-describedby': hintId } : { id })}
      {hint ? (
        <div id={hintId} className="text-[0.8125rem] text-muted">
          {hint}
        </div>
      ) : null}
    </div>
  )
}

/** How text inputs look. */
export const INPUT_STYLE =
  'w-full min-w-0 rounded-control border border-line-strong bg-surface px-3.5 py-2.5 text-base sm:text-[0.9375rem] transition-colors hover:border-muted focus-visible:outline-offset-0'
