import { useState } from 'react'
import { useCopy } from '../../copy/copy-context.tsx'

/** Whether alerts are also sent by e-mail. */
export function EmailSwitch(props: {
  address: string
  isOn: boolean
  onChange: (isOn: boolean) => void
}) {
  const { t } = useCopy()
  const [isOn, setOn] = useState(props.isOn)
  return (
    <label className="flex min-h-11 items-center gap-2.5 text-sm">
      <input
        type="checkbox"
        checked={isOn}
        onChange={({ target }) => {
          setOn(target.checked)
          props.onChange(target.checked)
        }}
        className="size-4 accent-accent"
      />
      {t.alerts.email(props.address)}
    </label>
  )
}
