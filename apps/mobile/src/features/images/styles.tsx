import type { Inputs } from '../../connection/trpc.ts'
import { Choice } from '../../ui/choice.tsx'

export type ImageStyle = NonNullable<Inputs['images']['generate']['style']>

const STYLES: readonly ImageStyle[] = ['aurora', 'paper', 'night']

/** The choice of a picture's style. */
export function Styles(props: { value: ImageStyle; onChange: (style: ImageStyle) => void }) {
  return (
    <Choice
      label="Style"
      value={props.value}
      options={STYLES.map((value) => ({ value, label: value }))}
      onChange={props.onChange}
    />
  )
}
