import { useId } from 'react'
import { useCopy } from '../../copy/copy-context.tsx'

/** The procedures or meters a key may use; null allows all, including future ones. */
export function ScopeField(props: {
  label: string
  options: readonly { value: string; label: string }[]
  chosen: readonly string[] | null
  onChange: (chosen: readonly string[] | null) => void
}) {
  const { label, options, chosen, onChange } = props
  const { t } = useCopy()
  const hintId = useId()
  const all = options.map(({ value }) => value)
  const current = chosen ?? all

  function toggle(value: string, isChosen: boolean): void {
    const next = all.filter((one) => (one === value ? isChosen : current.includes(one)))
    onChange(next.length === all.length ? null : next)
  }

  return (
    <fieldset aria-describedby={hintId} className="grid min-w-0 gap-1">
      <legend className="text-sm font-medium">{label}</legend>
      {options.map(({ value, label: name }) => (
        <label key={value} className="flex min-h-11 items-center gap-3 text-sm">
          <input
            type="checkbox"
            name={value}
            checked={current.includes(value)}
            onChange={(event) => toggle(value, event.target.checked)}
            className="size-5 accent-accent"
          />
          {name}
        </label>
      ))}
      <p
        id={hintId}
        className={`text-[0.8125rem] ${current.length === 0 ? 'text-danger' : 'text-muted'}`}
      >
        {current.length === 0 && all.length > 0 ? t.apiKeys.scopeMissing : t.apiKeys.scopeHint}
      </p>
    </fieldset>
  )
}
