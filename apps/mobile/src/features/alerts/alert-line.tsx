import type { Alert } from '@tollgate/contract'
import { StyleSheet, View } from 'react-native'
import { Button } from '../../ui/button.tsx'
import { Words } from '../../ui/words.tsx'
import { copy } from '../../copy.ts'

const { t, f } = copy

/** One alert: the threshold that was reached, the meter, and the time. */
export function AlertLine(props: { alert: Alert; onDismiss: () => void }) {
  const { meter, threshold, used, granted, resetsAt, raisedAt } = props.alert
  const title = t.lowBalance.warning(f, threshold, t.meter.units(f, meter, granted))
  const renewal = resetsAt ? ` · ${t.bell.resets(f, resetsAt)}` : ''
  return (
    <View style={styles.line}>
      <Words>{title}</Words>
      <Words as="quiet">{`${t.bell.used(f, used, granted)}${renewal}`}</Words>
      <Words as="quiet">{f.moment(raisedAt)}</Words>
      <Button
        label={t.bell.hide}
        name={t.bell.dismiss(title)}
        kind="plain"
        onPress={props.onDismiss}
      />
    </View>
  )
}

const styles = StyleSheet.create({ line: { gap: 4 } })
