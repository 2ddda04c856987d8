import { type ReactNode, useId } from 'react'

/** A labelled control with its hint; passes the control the ids it needs. */
export function Field(props: {
  label: string
  hint?: ReactNode
  /** Why the value is not accepted. */
  error?: string | null | undefined
  children: (ids: ControlIds) => ReactNode
}) {
  const { label, hint, error, children } = props
  const id = useId()
  const [hintId, errorId] = [`${id}-hint`, `${id}-error`]
  const describedBy = [error ? errorId : '', hint ? hintId : ''].filter(Boolean).join(' ')
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children({
        id,
        ...(describedBy ? { 'aria-describedby': describedBy } : {}),
        ...(error ? { 'aria-invalid': true } : {}),
      })}
      {error ? (
        <p id={errorId} role="alert" className="text-[0.8125rem] text-danger">
          {error}
        </p>
      ) : null}
      {hint ? (
        <div id={hintId} className="text-[0.8125rem] text-muted">
          {hint}
        </div>
      ) : null}
    </div>
  )
}

type ControlIds = { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }

/** The style of text inputs. */
export const INPUT_STYLE =
  'w-full min-w-0 rounded-control border border-line-strong bg-surface px-3.5 py-2.5 text-base sm:text-[0.9375rem] transition-colors hover:border-muted focus-visible:outline-offset-0'
