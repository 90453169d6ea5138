// Ops of the dialect as functions of a WebAssembly module (docs/wasm.md), called with arrays.
import {Arena} from '../../web/model.mjs';

const VIEWS = {
  f32: Float32Array,
  i32: Int32Array,
  bf16: Uint16Array
};

const countOf = shape => shape.reduce((product, size) => product * size, 1);

export class Ops {
  static async load(code, facts) {
    const {instance} = await WebAssembly.instantiate(code, {env: {sin: Math.sin, cos: Math.cos}});
    return new Ops(instance.exports, facts);
  }
  constructor(code, facts) {
    this.code = code;
    this.arena = new Arena(code.memory, code.__heap_base.value);
    this.worker = this.arena.take(8); // zero: no tile is claimed yet
    this.workspace = this.arena.take(facts.workspace_bytes);
    this.scratch = this.arena.take(facts.scratch_bytes);
    this.functions = new Map(facts.functions.map(one => [one.name, one]));
  }
  // Calls `name` with places in memory, and positions as numbers.
  call(name, ...places) {
    const {arguments: types} = this.functions.get(name);
    this.code[name](this.worker, ...places.map((place, i) => types[i].type === 'index' ? BigInt(place) : place), this.workspace, this.scratch);
  }
  // Memory seen as numbers, until it grows.
  view(type, place, count) {
    return new VIEWS[type](this.code.memory.buffer, place, count);
  }
  f32(place, count) {
    return this.view('f32', place, count);
  }
  // Memory of `name` for each of its arguments that is an array, taken once.
  placesOf(one) {
    return one.places ??=
             one.arguments.map(({type, shape}) => type === 'index' ? 0 : this.arena.take(countOf(shape) * VIEWS[type].BYTES_PER_ELEMENT));
  }
  // Runs `name` on copies of arrays and on positions; the results are new arrays, one alone as itself.
  run(name, ...inputs) {
    const one = this.functions.get(name), places = [...this.placesOf(one)];
    inputs.forEach((input, i) => {
      const {type, shape} = one.arguments[i];
      if (type === 'index')
        places[i] = input;
      else
        this.view(type, places[i], countOf(shape)).set(input);
    });
    this.call(name, ...places);
    const results = one.results.map(i => this.f32(places[i], countOf(one.arguments[i].shape)).slice());
    return results.length === 1 ? results[0] : results;
  }
}
