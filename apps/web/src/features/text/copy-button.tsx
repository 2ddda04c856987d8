import { useState } from 'react'
import { Button } from '../../components/button.tsx'
import { TickIcon } from '../../components/icons.tsx'
import { useCopy } from '../../copy/copy-context.tsx'

/** Copies a text to the clipboard and confirms it. */
export function CopyButton(props: { text: string }) {
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
      {done ? t.text.copied : t.text.copy}
    </Button>
  )
}
