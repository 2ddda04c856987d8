import { useId } from 'react'
import { Button } from '../../components/button.tsx'

/** The button of a billed call: its action, its cost, and why it is disabled. */
export function SubmitButton(props: {
  label: string
  /** "1 image"; null while the price is loading. */
  cost: string | null
  /** "up to 40 reserved", for a cost that is known only afterwards; its line stays while the quote loads. */
  held?: string | null | undefined
  pending: boolean
  pendingLabel: string
  /** Why it is disabled; it stays focusable, so that screen readers can read this. */
  blocked: string | null
}) {
  const { label, cost, held, pending, pendingLabel, blocked } = props
  const reasonId = useId()
  const text = pending ? pendingLabel : cost ? `${label} · ${cost}` : label
  return (
    <div className="grid gap-1.5">
      <Button
        type="submit"
        look="primary"
        wide
        pending={pending}
        blocked={blocked !== null}
        aria-describedby={blocked ? reasonId : undefined}
      >
        <span className={held === undefined ? 'w-full' : 'grid min-h-11 w-full content-center'}>
          {/* The key makes a new text a new element that replaces the old one without moving it. */}
          <span key={text}>{text}</span>
          {held && !pending ? (
            <>
              <span className="sr-only">, </span>
              <span className="text-[0.8125rem] font-normal">{held}</span>
            </>
          ) : null}
        </span>
      </Button>
      {blocked ? (
        <p id={reasonId} className="text-center text-[0.8125rem] text-muted">
          {blocked}
        </p>
      ) : null}
    </div>
  )
}
