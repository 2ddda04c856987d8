import { useId } from 'react'
import { Button } from '../../components/button.tsx'

/** The button that costs something: what it does, what it costs, and why it cannot be pressed. */
export function SubmitButton(props: {
  label: string
  /** "1 image"; null while the price is loading. */
  cost: string | null
  /** "up to 40 reserved", where the cost is known only afterwards; its line stays while it is worked out. */
  held?: string | null | undefined
  pending: boolean
  pendingLabel: string
  /** Why it cannot be pressed; it stays focusable, so that everyone can read this. */
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
          {/* A new text is a new element: it takes the place of the old one, which does not move. */}
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
