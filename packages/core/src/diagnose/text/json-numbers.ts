import { isContainer, jsonNodes, type JsonNode, type JsonScalar } from './json-text.ts';
import { newScalar, rewriteJson } from './json-rewriting.ts';
import type { SameData } from './same-data.ts';

/** The digits of a number and the exponent of the first, as `1.25` and `-7` of 1.25e-7: the shortest that read back the same. */
function scientific(value: number): { readonly mantissa: string; readonly exponent: number } {
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e');
  return { mantissa, exponent: Number(exponent) };
}

interface FloatDialect {
  /** From this exponent on, and below the other, a number is written with its exponent. */
  readonly from: number;
  readonly below: number;
  readonly sign: 'e' | 'E';
  readonly plus: boolean;
  /** Digits of the exponent at least. */
  readonly width: number;
  /** A mantissa without a fraction gets one: `1.0E10`. */
  readonly point: boolean;
  /** So does a whole number that is written out. */
  readonly wholeAsFloat: boolean;
}

const dialects = {
  'Python’s repr()': { from: 16, below: -4, sign: 'e', plus: true, width: 2, point: false, wholeAsFloat: true },
  'Java’s Double.toString()': { from: 7, below: -3, sign: 'E', plus: false, width: 1, point: true, wholeAsFloat: true },
  '.NET’s System.Text.Json': {
    from: 15,
    below: -4,
    sign: 'E',
    plus: true,
    width: 2,
    point: false,
    wholeAsFloat: false,
  },
  'Newtonsoft’s Json.NET': { from: 15, below: -4, sign: 'E', plus: true, width: 2, point: false, wholeAsFloat: true },
  'Ruby’s to_json': { from: 15, below: -4, sign: 'e', plus: true, width: 2, point: true, wholeAsFloat: true },
  'PHP’s json_encode': { from: 17, below: -4, sign: 'e', plus: true, width: 1, point: true, wholeAsFloat: false },
} as const satisfies Record<string, FloatDialect>;

/** A floating-point number as a library writes it. */
function floatText(value: number, dialect: FloatDialect): string {
  const { mantissa, exponent } = scientific(value);
  if (value === 0 || (exponent >= dialect.below && exponent < dialect.from)) {
    const written = writtenOut(mantissa, exponent);
    return dialect.wholeAsFloat && !written.includes('.') ? `${written}.0` : written;
  }
  const digits = dialect.point && !mantissa.includes('.') ? `${mantissa}.0` : mantissa;
  const sign = exponent < 0 ? '-' : dialect.plus ? '+' : '';
  return digits + dialect.sign + sign + String(Math.abs(exponent)).padStart(dialect.width, '0');
}

function writtenOut(mantissa: string, exponent: number): string {
  const minus = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  if (exponent < 0) return `${minus}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = digits.slice(exponent + 1);
  return minus + whole + (fraction === '' ? '' : `.${fraction}`);
}

const isFloat = ({ kind, raw }: JsonScalar): boolean => kind === 'number' && /[.eE]/.test(raw);
const floats =
  (write: (value: number, raw: string) => string) =>
  (node: JsonScalar): JsonNode =>
    isFloat(node) ? newScalar('number', write(Number(node.raw), node.raw)) : node;

interface NumberHabit {
  readonly label: string;
  readonly write: (node: JsonScalar) => JsonNode;
}

const habits: readonly NumberHabit[] = [
  ...Object.entries(dialects).map(([library, dialect]) => ({
    label: `with floating-point numbers as ${library} writes them`,
    write: floats((value) => floatText(value, dialect)),
  })),
  {
    label: 'with floating-point numbers of 17 digits (PHP’s serialize_precision)',
    write: floats((value, raw) => (Math.abs(value) < 1e15 ? String(value.toPrecision(17)).replace(/\.?0+$/, '') : raw)),
  },
  {
    label: 'with floating-point numbers of single precision',
    write: floats((value) => String(Math.fround(value))),
  },
  { label: 'with two digits after the point', write: floats((value) => value.toFixed(2)) },
  { label: 'with one digit after the point', write: floats((value) => value.toFixed(1)) },
  {
    label: 'with numbers as strings',
    write: (node) => (node.kind === 'number' ? newScalar('string', node.raw) : node),
  },
  {
    label: 'with true and false as strings',
    write: (node) => (node.kind === 'literal' && node.raw !== 'null' ? newScalar('string', node.raw) : node),
  },
  {
    label: 'with true and false as 1 and 0',
    write: (node) =>
      node.raw === 'true' || node.raw === 'false' ? newScalar('number', node.raw === 'true' ? '1' : '0') : node,
  },
  {
    label: 'with numeric strings as numbers (PHP’s JSON_NUMERIC_CHECK)',
    write: (node) =>
      node.kind === 'string' && /^[+-]?\d{1,15}(?:\.\d{1,15})?$/.test(node.text)
        ? newScalar('number', String(Number(node.text)))
        : node,
  },
];

const exponents: readonly NumberHabit[] = [
  { label: 'with exponents without a plus sign', write: floats((_, raw) => raw.replace(/([eE])\+/, '$1')) },
  { label: 'with exponents of small letters', write: floats((_, raw) => raw.replace('E', 'e')) },
  {
    label: 'with every number as a double (Gson’s Map, org.json)',
    write: (node) =>
      node.kind === 'number' && Math.abs(Number(node.raw)) < Number.MAX_SAFE_INTEGER
        ? newScalar('number', floatText(Number(node.raw), dialects['Java’s Double.toString()']))
        : node,
  },
  {
    label: 'with null as an empty text',
    write: (node) => (node.raw === 'null' ? newScalar('string', '') : node),
  },
  {
    label: 'with True, False and None (Python’s)',
    write: (node) => (node.kind === 'literal' ? newScalar('literal', pythonLiterals[node.raw] ?? node.raw) : node),
  },
];

const pythonLiterals: Readonly<Record<string, string>> = { true: 'True', false: 'False', null: 'None' };

/** The body with its numbers, and what is one in some languages, as other libraries write them. */
export function* withOtherNumbers(root: JsonNode): Generator<SameData> {
  const scalars = [...jsonNodes(root)].flatMap(({ node }) => (isContainer(node) ? [] : [node]));
  const hasFloats = scalars.some(isFloat);
  for (const { label, write } of [...habits, ...exponents]) {
    if (scalars.every((node) => write(node) === node)) continue;
    yield { label, cost: 3, ...(hasFloats && { isOfMany: true }), root: () => rewriteJson(root, { scalar: write }) };
  }
}
