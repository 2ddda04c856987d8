import * as Clipboard from 'expo-clipboard'
import { useState } from 'react'
import { Text } from 'react-native'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { usePalette } from '../../ui/palette.ts'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'

const { t } = copy

/** The secret of a key that was just created; it cannot be shown again. */
export function NewSecret(props: { secret: string; onDone: () => void }) {
  const { secret, onDone } = props
  const palette = usePalette()
  const [isCopied, setIsCopied] = useState(false)
  return (
    <Card>
      <Words as="title" alert>
        {t.apiKeys.createdTitle}
      </Words>
      <Words>{t.apiKeys.createdText}</Words>
      <Text selectable testID="api-key-secret" style={{ color: palette.text, fontSize: 16 }}>
        {secret}
      </Text>
      <Button
        label={isCopied ? t.apiKeys.copied : t.apiKeys.copy}
        onPress={() => void Clipboard.setStringAsync(secret).then(setIsCopied)}
      />
      <Button label={t.apiKeys.done} kind="plain" onPress={onDone} />
    </Card>
  )
}
