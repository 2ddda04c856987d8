import { describeApiKey } from '@tollgate/contract/copy'
import { StyleSheet, View } from 'react-native'
import type { Outputs } from '../../connection/trpc.ts'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'
import { RevokeApiKey } from './revoke-api-key.tsx'

/** A key with its scope, expiry and last use, and a button to revoke it. */
export function ApiKeyLine({ apiKey }: { apiKey: Outputs['apiKeys']['list']['keys'][number] }) {
  const { id, name, hint } = apiKey
  const { scope, times } = describeApiKey(apiKey, copy)
  return (
    <View style={styles.line}>
      <Words>
        {name} · {copy.t.apiKeys.hint(hint)}
      </Words>
      <Words as="quiet">{scope}</Words>
      <Words as="quiet">{times}</Words>
      <RevokeApiKey id={id} name={name} />
    </View>
  )
}

const styles = StyleSheet.create({ line: { gap: 4 } })
