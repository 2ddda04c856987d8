import { describeRequest } from '@tollgate/contract/copy'
import { StyleSheet, View } from 'react-native'
import { type Outputs, trpc } from '../../connection/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'

const { t, f } = copy

/** One request of a member, until a payer marks it as done. */
export function RequestLine(props: {
  request: Outputs['team']['openRequests']['requests'][number]
}) {
  const { id, askedAt } = props.request
  const utils = trpc.useUtils()
  const resolve = trpc.team.resolveRequest.useMutation({
    onSuccess: () => utils.team.openRequests.invalidate(),
  })
  const { who, text } = describeRequest(props.request, t)
  return (
    <View style={styles.line}>
      <Words>{text}</Words>
      <Words as="quiet">{f.dateTime(askedAt)}</Words>
      <Button
        label={t.team.done}
        name={t.team.doneNamed(who)}
        kind="plain"
        busy={resolve.isPending}
        onPress={() => resolve.mutate({ id })}
      />
    </View>
  )
}

const styles = StyleSheet.create({ line: { gap: 4 } })
