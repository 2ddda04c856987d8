import { type ReactNode, useId } from 'react'

/** One of a few options, as radio buttons that look like tiles. */
export function Choice<Value extends string>(props: {
  label: string
  value: Value
  options: readonly { value: Value; label: string; picture?: ReactNode }[]
  onChange: (value: Value) => void
  hideLabel?: boolean
}) {
  const { label, value, options, onChange, hideLabel } = props
  const name = useId()
  return (
    <fieldset className="grid min-w-0 gap-1.5">
      <legend className={hideLabel ? 'sr-only' : 'mb-1.5 text-sm font-medium'}>{label}</legend>
      <div className="flex flex-wrap gap-2">
        {options.map((option) => (
          <label key={option.value} className={TILE_STYLE}>
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="absolute inset-0 cursor-pointer opacity-0"
            />
            {option.picture}
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}

/** The style of an option. */
export const TILE_STYLE =
  'relative flex min-h-11 flex-1 items-center justify-center gap-2 rounded-control border border-line px-3 py-2 text-sm transition-colors hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent'
