import { type HrTime, ValueType } from '@opentelemetry/api'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  AggregationTemporality,
  DataPointType,
  type MetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics'
import type { MetricObjectWithValues, MetricValue, Registry } from 'prom-client'

/** Offers the metrics of a Prometheus registry to OpenTelemetry: the same names, labels and figures as `/metrics`. */
export function createMetricProducer(options: {
  registry: Registry
  /** When the counters started, in epoch milliseconds. */
  startedAt: number
}): MetricProducer {
  const { registry, startedAt } = options
  return {
    async collect() {
      const times = { startTime: toHrTime(startedAt), endTime: toHrTime(Date.now()) }
      const metrics = (await registry.getMetricsAsJSON()).flatMap((metric) => toData(metric, times))
      const scopeMetrics = [{ scope: { name: 'tollgate' }, metrics }]
      return { resourceMetrics: { resource: resourceFromAttributes({}), scopeMetrics }, errors: [] }
    },
  }
}

/** The values of a histogram also name which of its three series they belong to, which the library's types omit. */
type Line = MetricValue<string> & { metricName?: string }
type Metric = MetricObjectWithValues<Line>
type Times = { startTime: HrTime; endTime: HrTime }

function toData(metric: Metric, times: Times): MetricData[] {
  const { name, help: description, values } = metric
  const base = {
    descriptor: { name, description, unit: unitOf(name), valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  }
  const points = values.map(({ value, labels }) => ({ ...times, attributes: labels, value }))
  // The library's types declare an enum with these values.
  switch (String(metric.type)) {
    case 'counter':
      return [{ ...base, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints: points }]
    case 'gauge':
      return [{ ...base, dataPointType: DataPointType.GAUGE, dataPoints: points }]
    case 'histogram':
      return [
        {
          ...base,
          dataPointType: DataPointType.HISTOGRAM,
          dataPoints: toHistograms(metric, times),
        },
      ]
    default:
      return []
  }
}

/** Prometheus buckets are cumulative, one line each; OpenTelemetry's are a list of separate counts. */
function toHistograms({ name, values }: Metric, times: Times) {
  const groups = new Map<string, Line[]>()
  for (const value of values) {
    const { le: _, ...labels } = value.labels
    const group = JSON.stringify(labels)
    groups.set(group, [...(groups.get(group) ?? []), value])
  }
  return [...groups].map(([group, lines]) => {
    const lineOf = (suffix: string) =>
      lines.find(({ metricName }) => metricName === `${name}${suffix}`)?.value ?? 0
    const buckets = lines.filter(({ metricName }) => metricName === `${name}_bucket`)
    const finite = buckets.map(({ labels }) => Number(labels['le'])).filter(Number.isFinite)
    const counts = buckets.map(({ value }, index) => value - (buckets[index - 1]?.value ?? 0))
    const attributes: Record<string, string> = JSON.parse(group)
    const value = {
      buckets: { boundaries: finite, counts },
      sum: lineOf('_sum'),
      count: lineOf('_count'),
      hasMinMax: false,
    }
    return { ...times, attributes, value }
  })
}

function unitOf(name: string): string {
  return name.includes('_seconds') ? 's' : ''
}

function toHrTime(milliseconds: number): HrTime {
  return [Math.floor(milliseconds / 1000), (milliseconds % 1000) * 1_000_000]
}
