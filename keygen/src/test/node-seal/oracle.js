// Computes on ciphertexts with Microsoft SEAL, from files alone: parameters, secret key, public key and evaluation key.
//
//   node oracle.js REQUEST.json   prints one line of JSON with the numbers that came out
//
// The request says { scheme, left, right, steps, scale, sets: [{ folder, parts: [{ kind, offset, length }] }] }. All sets are under
// the same parameters. Nothing is compared here: whoever asks knows what should come out.

'use strict'

const fs = require('node:fs')
const path = require('node:path')
const SEAL = require('node-seal')

function bytes(folder, name) {
  return new Uint8Array(fs.readFileSync(path.join(folder, name)))
}

function plainNumbers(values) {
  return Array.from(values, Number)
}

class Oracle {
  constructor(seal, request) {
    this.seal = seal
    this.request = request
    this.ckks = request.scheme === 'CKKS'
    const schemes = { CKKS: seal.SchemeType.ckks, BFV: seal.SchemeType.bfv, BGV: seal.SchemeType.bgv }
    this.parameters = seal.EncryptionParameters(schemes[request.scheme])
    this.parameters.loadArray(bytes(request.sets[0].folder, 'parameters.seal'))
    this.context = seal.Context(this.parameters, true, seal.SecurityLevel.tc128)
    if (!this.context.parametersSet()) {
      throw new Error('SEAL refuses the parameters')
    }
    this.encoder = this.ckks ? seal.CKKSEncoder(this.context) : seal.BatchEncoder(this.context)
    this.evaluator = seal.Evaluator(this.context)
  }

  load(set) {
    const parameters = this.seal.EncryptionParameters(this.parameters.scheme)
    parameters.loadArray(bytes(set.folder, 'parameters.seal'))
    const keys = {
      secret: this.seal.SecretKey(),
      public: this.seal.PublicKey(),
      RELINEARIZATION: this.seal.RelinKeys(),
      ROTATION: this.seal.GaloisKeys(),
    }
    keys.secret.loadArray(this.context, bytes(set.folder, 'secret.key'))
    keys.public.loadArray(this.context, bytes(set.folder, 'public.key'))
    const evaluationKey = bytes(set.folder, 'evaluation.key')
    for (const part of set.parts) {
      keys[part.kind].loadArray(this.context, evaluationKey.slice(part.offset, part.offset + part.length))
    }
    parameters.delete()
    return keys
  }

  encode(values) {
    return this.ckks
      ? this.encoder.encode(Float64Array.from(values), this.request.scale)
      : this.encoder.encode(BigInt64Array.from(values, BigInt))
  }

  decode(plain) {
    return plainNumbers(this.ckks ? this.encoder.decode(plain) : this.encoder.decodeBigInt(plain, true))
  }

  rotate(cipher, step, keys) {
    if (step === 0) {
      return this.ckks
        ? this.evaluator.complexConjugate(cipher, keys)
        : this.evaluator.rotateColumns(cipher, keys)
    }
    return this.ckks
      ? this.evaluator.rotateVector(cipher, step, keys)
      : this.evaluator.rotateRows(cipher, step, keys)
  }

  compute(set) {
    const keys = this.load(set)
    const encryptor = this.seal.Encryptor(this.context, keys.public)
    const decryptor = this.seal.Decryptor(this.context, keys.secret)
    const left = encryptor.encrypt(this.encode(this.request.left))
    const right = encryptor.encrypt(this.encode(this.request.right))
    const product = this.evaluator.multiply(left, right)
    const sizeBefore = product.size
    this.evaluator.relinearize(product, keys.RELINEARIZATION, product)
    const rotations = this.request.steps.map((step) => {
      const rotated = this.rotate(product, step, keys.ROTATION)
      const values = this.decode(decryptor.decrypt(rotated))
      rotated.delete()
      return { step, values }
    })
    const result = {
      folder: set.folder,
      sizeBefore,
      sizeAfter: product.size,
      noiseBudget: this.ckks ? null : decryptor.invariantNoiseBudget(product),
      product: this.decode(decryptor.decrypt(product)),
      rotations,
    }
    const used = [left, right, product, encryptor, decryptor, ...Object.values(keys)]
    used.forEach((object) => object.delete())
    return result
  }
}

async function main() {
  const request = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'))
  const seal = await SEAL()
  const oracle = new Oracle(seal, request)
  const results = request.sets.map((set) => oracle.compute(set))
  fs.writeSync(1, JSON.stringify({ version: seal.Version, results }) + '\n')
}

main().catch((error) => {
  fs.writeSync(2, 'oracle: ' + (error && error.stack ? error.stack : String(error)) + '\n')
  process.exit(1)
})
