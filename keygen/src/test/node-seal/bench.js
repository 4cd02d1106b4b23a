// Makes evaluation keys with Microsoft SEAL and says how long it took, again and again, for a benchmark that alternates.
//
//   node bench.js   reads one line of JSON after the other and answers each with one
//
// { scheme, degree, bits, plainModulus, steps }  sets up a secret key: { setUpMs }
// { form: "SEEDED" | "PLAIN" }                   makes a relinearisation key and one key per step: { ms }

'use strict'

const readline = require('node:readline')
const { performance } = require('node:perf_hooks')
const SEAL = require('node-seal')

class Bench {
  constructor(seal) {
    this.seal = seal
  }

  answer(request) {
    return request.form ? this.generate(request.form) : this.setUp(request)
  }

  setUp(request) {
    const start = performance.now()
    const schemes = { CKKS: this.seal.SchemeType.ckks, BFV: this.seal.SchemeType.bfv }
    const parameters = this.seal.EncryptionParameters(schemes[request.scheme])
    parameters.setPolyModulusDegree(request.degree)
    parameters.setCoeffModulus(this.seal.CoeffModulus.Create(request.degree, Int32Array.from(request.bits)))
    if (request.plainModulus) {
      parameters.setPlainModulus(this.seal.Modulus(BigInt(request.plainModulus)))
    }
    const context = this.seal.Context(parameters, true, this.seal.SecurityLevel.tc128)
    if (!context.parametersSet()) {
      throw new Error('SEAL refuses the parameters')
    }
    this.generator = this.seal.KeyGenerator(context)
    this.steps = Int32Array.from(request.steps)
    return { setUpMs: performance.now() - start }
  }

  generate(form) {
    const start = performance.now()
    const keys = form === 'SEEDED'
      ? [this.generator.createRelinKeysSerializable(), this.generator.createGaloisKeysSerializable(this.steps)]
      : [this.generator.createRelinKeys(), this.generator.createGaloisKeys(this.steps)]
    const ms = performance.now() - start
    keys.forEach(key => key.delete())
    return { ms }
  }
}

async function main() {
  const bench = new Bench(await SEAL())
  for await (const line of readline.createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(bench.answer(JSON.parse(line))))
  }
}

main().catch(error => {
  console.error(error.message)
  process.exit(1)
})
