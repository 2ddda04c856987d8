import { View } from 'react-native'
import { Check } from './check.tsx'
import { Words } from './words.tsx'

/** Multiple choice among a few values, all visible. */
export function Checks<Value extends string | number>(props: {
  label: string
  values: readonly Value[]
  options: readonly { value: Value; label: string }[]
  onChange: (values: Value[]) => void
}) {
  const { label, values, options, onChange } = props
  return (
    <View role="group" aria-label={label}>
      <Words>{label}</Words>
      {options.map(({ value, label: name }) => (
        <Check
          key={value}
          label={name}
          isChecked={values.includes(value)}
          onChange={(isChecked) =>
            onChange(
              options
                .map((option) => option.value)
                .filter((one) => (one === value ? isChecked : values.includes(one))),
            )
          }
        />
      ))}
    </View>
  )
}
