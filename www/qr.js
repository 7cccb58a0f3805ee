// QR codes by ISO/IEC 18004: byte mode, error correction level M.

// Table 9 there, for level M: how many codewords correct each block, and how many blocks there are, by version.
const CORRECTING = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, ...Array(19).fill(28)];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49];

/** The modules of the code for these bytes, row by row, true where dark. Throws where they are too many. */
export const matrix = (bytes) => {
  let version = 1;
  while (version <= 40 && capacity(version) * 8 < 4 + lengthBits(version) + bytes.length * 8) version++;
  if (version > 40) throw new Error("this is too long for a QR code");
  const code = frame(version);
  place(code, codewords(bytes, version));
  let best;
  for (let mask = 0; mask < 8; mask++) {
    const tried = masked(code, mask);
    const penalty = penalise(tried);
    if (!best || penalty < best.penalty) best = { tried, penalty };
  }
  return best.tried;
};

const lengthBits = (version) => (version < 10 ? 8 : 16);

/** How many modules hold data and correction. */
const modules = (version) => {
  const patterns = version < 2 ? 0 : Math.floor(version / 7) + 2;
  const aligned = patterns && 25 * patterns * patterns - 10 * patterns - 55;
  return (16 * version + 128) * version + 64 - aligned - (version < 7 ? 0 : 36);
};

/** How many codewords hold data. */
const capacity = (version) => Math.floor(modules(version) / 8) - CORRECTING[version - 1] * BLOCKS[version - 1];

// ---- Codewords: sections 7.4 and 7.5.

const codewords = (bytes, version) => {
  const bits = [];
  const push = (value, length) => {
    for (let bit = length - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  push(4, 4); // byte mode
  push(bytes.length, lengthBits(version));
  bytes.forEach((byte) => push(byte, 8));
  const room = capacity(version) * 8;
  push(0, Math.min(4, room - bits.length));
  push(0, -bits.length & 7);
  for (let pad = 0xec; bits.length < room; pad ^= 0xec ^ 0x11) push(pad, 8);
  const data = [];
  for (let at = 0; at < room; at += 8) data.push(parseInt(bits.slice(at, at + 8).join(""), 2));
  return interleaved(data, version);
};

/** The blocks of data and their correction, one codeword of each in turn: section 7.6. */
const interleaved = (data, version) => {
  const count = BLOCKS[version - 1];
  const length = CORRECTING[version - 1];
  const short = Math.floor(data.length / count);
  const longer = data.length % count; // of these, the last ones hold one more
  const blocks = [];
  for (let at = 0, block = 0; block < count; block++) {
    const end = at + short + (block >= count - longer ? 1 : 0);
    blocks.push(data.slice(at, end));
    at = end;
  }
  const divisor = generator(length);
  const corrections = blocks.map((block) => remainder(block, divisor));
  const mixed = [];
  for (let at = 0; at <= short; at++) blocks.forEach((block) => at < block.length && mixed.push(block[at]));
  for (let at = 0; at < length; at++) corrections.forEach((correction) => mixed.push(correction[at]));
  return mixed;
};

/** In the field of 256 elements whose polynomial is x^8 + x^4 + x^3 + x^2 + 1. */
const multiply = (one, other) => {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((other >> bit) & 1) * one;
  }
  return product;
};

/** The product of (x - 2^i) for i below the degree, without its first coefficient. */
const generator = (degree) => {
  const coefficients = [...Array(degree - 1).fill(0), 1];
  for (let power = 1, step = 0; step < degree; step++, power = multiply(power, 2)) {
    for (let at = 0; at < degree; at++) coefficients[at] = multiply(coefficients[at], power) ^ (coefficients[at + 1] ?? 0);
  }
  return coefficients;
};

const remainder = (data, divisor) => {
  const left = divisor.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ left.shift();
    left.push(0);
    divisor.forEach((coefficient, at) => (left[at] ^= multiply(coefficient, factor)));
  }
  return left;
};

// ---- The symbol: sections 6.3 and 7.7 to 7.10. `fixed` is where no data goes.

const frame = (version) => {
  const size = version * 4 + 17;
  const rows = Array.from({ length: size }, () => Array(size).fill(false));
  const fixed = Array.from({ length: size }, () => Array(size).fill(false));
  const set = (x, y, dark) => {
    if (x < 0 || y < 0 || x >= size || y >= size) return;
    rows[y][x] = dark;
    fixed[y][x] = true;
  };
  for (let at = 0; at < size; at++) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  const ring = (x, y, radius, dark) => {
    for (let dy = -radius; dy <= radius; dy++)
      for (let dx = -radius; dx <= radius; dx++) set(x + dx, y + dy, dark(Math.max(Math.abs(dx), Math.abs(dy))));
  };
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) ring(x, y, 4, (far) => far !== 2 && far !== 4);
  const places = aligned(version, size);
  const last = places.length - 1;
  places.forEach((x, i) =>
    places.forEach((y, j) => {
      const corner = (i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0);
      if (!corner) ring(x, y, 2, (far) => far !== 1);
    }),
  );
  if (version > 6) {
    let left = version;
    for (let step = 0; step < 12; step++) left = (left << 1) ^ ((left >> 11) * 0x1f25);
    const bits = (version << 12) | left;
    for (let bit = 0; bit < 18; bit++) {
      const [near, far] = [size - 11 + (bit % 3), Math.floor(bit / 3)];
      set(near, far, ((bits >> bit) & 1) === 1);
      set(far, near, ((bits >> bit) & 1) === 1);
    }
  }
  const code = { size, rows, fixed, set };
  format(code, 0); // keeps its place
  return code;
};

/** The centres of the alignment patterns: annex E. */
const aligned = (version, size) => {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = version === 32 ? 26 : Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  const places = [6];
  for (let at = size - 7; places.length < count; at -= step) places.splice(1, 0, at);
  return places;
};

/** Level M is 00 in the format's two first bits. */
const format = ({ size, set }, mask) => {
  let left = mask;
  for (let step = 0; step < 10; step++) left = (left << 1) ^ ((left >> 9) * 0x537);
  const bits = ((mask << 10) | left) ^ 0x5412;
  const bit = (at) => ((bits >> at) & 1) === 1;
  for (let at = 0; at < 6; at++) set(8, at, bit(at));
  set(8, 7, bit(6));
  set(8, 8, bit(7));
  set(7, 8, bit(8));
  for (let at = 9; at < 15; at++) set(14 - at, 8, bit(at));
  for (let at = 0; at < 8; at++) set(size - 1 - at, 8, bit(at));
  for (let at = 8; at < 15; at++) set(8, size - 15 + at, bit(at));
  set(8, size - 8, true);
};

/** In columns two modules wide, from the right, up and down in turn. */
const place = ({ size, rows, fixed }, words) => {
  let at = 0;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      const y = ((right + 1) & 2) === 0 ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (fixed[y][x] || at >= words.length * 8) continue;
        rows[y][x] = ((words[at >> 3] >> (7 - (at & 7))) & 1) === 1;
        at++;
      }
    }
  }
};

const MASKS = [
  (x, y) => (x + y) % 2,
  (x, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

const masked = ({ size, rows, fixed }, mask) => {
  const copy = rows.map((row, y) => row.map((dark, x) => (fixed[y][x] ? dark : dark !== (MASKS[mask](x, y) === 0))));
  format({ size, set: (x, y, dark) => (copy[y][x] = dark) }, mask);
  return copy;
};

/** Section 7.8.3: runs, blocks, what looks like a finder pattern, and how uneven dark and light are. */
const penalise = (rows) => {
  const size = rows.length;
  const lines = [...rows, ...rows.map((_, x) => rows.map((row) => row[x]))].map((line) => line.map(Number).join(""));
  let penalty = 0;
  for (const line of lines) {
    for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) penalty += run.length - 2;
    penalty += 40 * [...line.matchAll(/(?=10111010000|00001011101)/g)].length;
  }
  for (let y = 1; y < size; y++)
    for (let x = 1; x < size; x++) if (rows[y][x] === rows[y - 1][x] && rows[y][x] === rows[y][x - 1] && rows[y][x] === rows[y - 1][x - 1]) penalty += 3;
  const dark = rows.flat().filter(Boolean).length / (size * size);
  return penalty + 10 * Math.floor(Math.abs(dark - 0.5) * 20);
};
