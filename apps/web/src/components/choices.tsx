import { useState } from 'react'
import { TILE_STYLE } from './choice.tsx'

/** Any of a few options, as checkboxes that look like tiles. Uncontrolled: change its key to reset it. */
export function Choices<Value extends string | number>(props: {
  label: string
  /** The initial selection. */
  values: readonly Value[]
  options: readonly { value: Value; label: string }[]
  onChange: (values: Value[]) => void
}) {
  const { label, values, options, onChange } = props
  const [chosen, setChosen] = useState<readonly Value[]>(values)

  function toggle(value: Value, isChosen: boolean): void {
    const next = options
      .map((option) => option.value)
      .filter((one) => (one === value ? isChosen : chosen.includes(one)))
    setChosen(next)
    onChange(next)
  }

  return (
    <fieldset className="grid min-w-0 gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <div className="flex flex-wrap gap-2">
        {options.map((option) => (
          <label key={option.value} className={TILE_STYLE}>
            <input
              type="checkbox"
              checked={chosen.includes(option.value)}
              onChange={({ target }) => toggle(option.value, target.checked)}
              className="size-4 accent-accent"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
