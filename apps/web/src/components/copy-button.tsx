import { useState } from 'react'
import { useCopy } from '../copy/copy-context.tsx'
import { Button } from './button.tsx'
import { TickIcon } from './icons.tsx'

/** Copies a text to the clipboard and confirms it. */
export function CopyButton(props: { text: string; label?: string }) {
  const { t } = useCopy()
  const [copied, setCopied] = useState('')
  const done = copied === props.text
  return (
    <Button
      icon={done ? <TickIcon className="size-4 text-accent" /> : undefined}
      onClick={() => {
        void navigator.clipboard.writeText(props.text).then(() => setCopied(props.text))
      }}
    >
      {done ? t.text.copied : (props.label ?? t.text.copy)}
    </Button>
  )
}
