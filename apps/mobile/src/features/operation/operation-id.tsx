import * as Clipboard from 'expo-clipboard'
import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { Facts } from '../../ui/facts.tsx'

/** The id of an operation, to quote to support. */
export function OperationId({ label, id }: { label: string; id: string }) {
  const [isCopied, setIsCopied] = useState(false)
  return (
    <>
      <Facts facts={[[label, id]]} />
      <Button
        label={isCopied ? 'Copied' : 'Copy ID'}
        kind="plain"
        onPress={() => void Clipboard.setStringAsync(id).then(setIsCopied)}
      />
    </>
  )
}
