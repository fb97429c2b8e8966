// Bars over time, each a stack of counts. One stop of the Tab key; arrows go from bar to bar, Enter or a click picks one, dragging picks
// several. What a bar holds is shown above the chart while it is pointed at or focused, and is its name for screen readers.
import { Group, Text } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import classes from './bar-chart.module.css'

export interface Series {
  readonly label: string
  /** A CSS colour. */
  readonly color: string
  /** Striped, so that it is told apart without its colour. */
  readonly striped?: boolean
}

export interface Bar {
  readonly key: string
  /** "14:00 – 14:30: 12 events, 3 refused". */
  readonly label: string
  /** Of each series, in their order. */
  readonly counts: readonly number[]
}

interface BarChartProps {
  readonly label: string
  readonly series: readonly Series[]
  readonly bars: readonly Bar[]
  /** Shown while no bar is pointed at. */
  readonly caption: ReactNode
  /** Below the first bar, the middle and the last. */
  readonly ticks: readonly string[]
  /** The first and the last bar that were picked. */
  readonly onPick?: (first: number, last: number) => void
}

const HEIGHT = 96
/** A bar of one among thousands is seen still. */
const LEAST = 2
const GAP_PERCENT = 12

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)

export function BarChart({ label, series, bars, caption, ticks, onPick }: BarChartProps) {
  const [pointed, setPointed] = useState<number>()
  const [dragged, setDragged] = useState<number>()
  const [stop, setStop] = useState(bars.length - 1)
  const elements = useRef<(SVGGElement | null)[]>([])
  const stripes = useId()
  const tallest = Math.max(1, ...bars.map(({ counts }) => sum(counts)))
  const step = 100 / Math.max(1, bars.length)
  const reachable = Math.min(stop, bars.length - 1)

  function onKey(event: KeyboardEvent, at: number): void {
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: bars.length - 1 }[event.key]
    if (next !== undefined) elements.current[Math.max(0, Math.min(next, bars.length - 1))]?.focus()
    else if (event.key === 'Enter' || event.key === ' ') onPick?.(at, at)
    else return
    event.preventDefault()
  }
  function drop(at: number): void {
    if (dragged !== undefined) onPick?.(Math.min(dragged, at), Math.max(dragged, at))
    setDragged(undefined)
  }
  const isChosen = (at: number) =>
    dragged !== undefined &&
    pointed !== undefined &&
    at >= Math.min(dragged, pointed) &&
    at <= Math.max(dragged, pointed)

  return (
    <div>
      <Group justify="space-between" gap="xs" mih={24} mb={6}>
        <Text size="xs" c={pointed === undefined ? 'dimmed' : undefined}>
          {(pointed !== undefined && bars[pointed]?.label) || caption}
        </Text>
        <Group gap="sm">
          {series.map((one) => (
            <Legend key={one.label} series={one} />
          ))}
        </Group>
      </Group>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset can't hold SVG's elements */}
      <svg
        className={classes.chart}
        height={HEIGHT + 1}
        role="group"
        aria-label={label}
        onPointerLeave={() => {
          setPointed(undefined)
          setDragged(undefined)
        }}
      >
        <defs>
          {series.map(({ color }, at) => (
            <Stripes key={color} id={`${stripes}${at}`} color={color} />
          ))}
        </defs>
        {bars.map(({ key, label: name, counts }, at) => (
          // biome-ignore lint/a11y/useSemanticElements: a button can't stand in SVG
          <g
            key={key}
            ref={(element) => {
              elements.current[at] = element
            }}
            className={`${classes.bar} ${onPick ? classes.pickable : ''} ${isChosen(at) ? classes.chosen : ''}`}
            role="button"
            tabIndex={at === reachable ? 0 : -1}
            aria-label={name}
            onFocus={() => {
              setStop(at)
              setPointed(at)
            }}
            onBlur={() => setPointed(undefined)}
            onKeyDown={(event) => onKey(event, at)}
            onPointerEnter={() => setPointed(at)}
            onPointerDown={(event) => {
              event.currentTarget.releasePointerCapture(event.pointerId)
              setDragged(at)
            }}
            onPointerUp={() => drop(at)}
          >
            <rect className={classes.field} x={`${at * step}%`} width={`${step}%`} y={0} height={HEIGHT} rx={2} />
            {heightsOf(counts, tallest).map(({ height, top }, part) => {
              const { label: name, color, striped } = series[part] ?? { label: '', color: 'currentColor' }
              return (
                <rect
                  key={name}
                  x={`${at * step + (step * GAP_PERCENT) / 200}%`}
                  width={`${step * (1 - GAP_PERCENT / 100)}%`}
                  y={top}
                  height={height}
                  fill={striped ? `url(#${stripes}${part})` : color}
                />
              )
            })}
          </g>
        ))}
        <line className={classes.axis} x1="0" x2="100%" y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} />
      </svg>
      <Group justify="space-between" gap="xs" mt={4} wrap="nowrap">
        {ticks.map((tick, at) => (
          <Text key={tick} size="xs" c="dimmed" {...(at % 2 === 1 ? { visibleFrom: 'xs' } : {})}>
            {tick}
          </Text>
        ))}
      </Group>
    </div>
  )
}

/** From the ground up, in the order of the series. */
function heightsOf(counts: readonly number[], tallest: number) {
  let ground = HEIGHT
  return counts.map((count) => {
    const height = count === 0 ? 0 : Math.max(LEAST, (count / tallest) * (HEIGHT - 4))
    ground -= height
    return { height, top: ground }
  })
}

function Legend({ series: { label, color, striped = false } }: { readonly series: Series }) {
  const id = useId()
  return (
    <Group gap={6} wrap="nowrap">
      <svg width={12} height={12} aria-hidden="true">
        <defs>
          <Stripes id={id} color={color} />
        </defs>
        <rect width={12} height={12} rx={2} fill={striped ? `url(#${id})` : color} />
      </svg>
      <Text size="xs">{label}</Text>
    </Group>
  )
}

function Stripes({ id, color }: { readonly id: string; readonly color: string }) {
  return (
    <pattern id={id} width={5} height={5} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width={5} height={5} fill={color} fillOpacity={0.45} />
      <rect width={3} height={5} fill={color} />
    </pattern>
  )
}
