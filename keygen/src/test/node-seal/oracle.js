// Computes on ciphertexts with Microsoft SEAL, from files alone: parameters, secret key, public key and evaluation key. Also makes keys.
//
//   node oracle.js REQUEST.json   prints one line of JSON with the numbers that came out
//
// The request says { scheme, left, right, multiply, steps, scale, sets: [{ folder, parts: [{ kind, offset, length }] }] }. All sets are
// under the same parameters. Without multiply, the left numbers are rotated as they are. Of sets that SEAL cannot load, the answer says
// what it threw. Nothing is compared here: whoever asks knows what should come out.
//
// Or it says { scheme, make: { folder, steps, packings } }: then SEAL makes a secret key for the parameters in that folder and all other
// keys from it, and writes each in both forms and packed in each of these ways: none, zlib, zstd.

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
    this.parameters.loadArray(bytes((request.make || request.sets[0]).folder, 'parameters.seal'))
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
    const product = this.request.multiply ? this.evaluator.multiply(left, right) : left.clone()
    const sizeBefore = product.size
    if (this.request.multiply) {
      this.evaluator.relinearize(product, keys.RELINEARIZATION, product)
    }
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

  computeOrSayWhyNot(set) {
    try {
      return this.compute(set)
    } catch (error) {
      return { folder: set.folder, error: String(error && error.message ? error.message : error) }
    }
  }

  make() {
    const { folder, steps } = this.request.make
    const generator = this.seal.KeyGenerator(this.context)
    const rotations = steps ? Int32Array.from(steps) : undefined
    this.write(folder, 'secret', generator.secretKey())
    this.write(folder, 'public.PLAIN', generator.createPublicKey())
    this.write(folder, 'public.SEEDED', generator.createPublicKeySerializable())
    this.write(folder, 'relinearization.PLAIN', generator.createRelinKeys())
    this.write(folder, 'relinearization.SEEDED', generator.createRelinKeysSerializable())
    this.write(folder, 'rotation.PLAIN', generator.createGaloisKeys(rotations))
    this.write(folder, 'rotation.SEEDED', generator.createGaloisKeysSerializable(rotations))
  }

  write(folder, name, object) {
    for (const mode of this.request.make.packings) {
      fs.writeFileSync(path.join(folder, name + '.' + mode), object.saveArray(this.seal.ComprModeType[mode]))
    }
    object.delete()
  }
}

async function main() {
  const request = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'))
  const seal = await SEAL()
  const oracle = new Oracle(seal, request)
  if (request.make) {
    oracle.make()
  }
  const results = (request.sets || []).map((set) => oracle.computeOrSayWhyNot(set))
  fs.writeSync(1, JSON.stringify({ version: seal.Version, results }) + '\n')
}

main().catch((error) => {
  fs.writeSync(2, 'oracle: ' + (error && error.stack ? error.stack : String(error)) + '\n')
  process.exit(1)
})
