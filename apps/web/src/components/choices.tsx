import { TILE_STYLE } from './choice.tsx'

/** Any of a few options, as checkboxes that look like tiles. */
export function Choices<Value extends string | number>(props: {
  label: string
  values: readonly Value[]
  options: readonly { value: Value; label: string }[]
  onChange: (values: Value[]) => void
}) {
  const { label, values, options, onChange } = props
  const toggled = (value: Value, isChosen: boolean) =>
    options
      .map((option) => option.value)
      .filter((one) => (one === value ? isChosen : values.includes(one)))
  return (
    <fieldset className="grid min-w-0 gap-1.5">
      <legend className="mb-1.5 text-sm font-medium">{label}</legend>
      <div className="flex flex-wrap gap-2">
        {options.map((option) => (
          <label key={option.value} className={TILE_STYLE}>
            <input
              type="checkbox"
              checked={values.includes(option.value)}
              onChange={({ target }) => onChange(toggled(option.value, target.checked))}
              className="size-4 accent-accent"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
