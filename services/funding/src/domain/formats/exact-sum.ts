/** A sum of decimals without any rounding: whole numbers at the largest scale seen so far. */
export class ExactSum {
  private units = 0n;
  private scale = 0;

  /** @param decimal plain, such as '-12.5' */
  add(decimal: string): void {
    const point = decimal.indexOf('.');
    const scale = point < 0 ? 0 : decimal.length - point - 1;
    const units = BigInt(point < 0 ? decimal : decimal.slice(0, point) + decimal.slice(point + 1));
    if (scale > this.scale) {
      this.units *= 10n ** BigInt(scale - this.scale);
      this.scale = scale;
    }
    this.units += units * 10n ** BigInt(this.scale - scale);
  }

  /** The sum as a plain decimal without zeros at its end. */
  toString(): string {
    const sign = this.units < 0n ? '-' : '';
    const digits = String(this.units < 0n ? -this.units : this.units).padStart(this.scale + 1, '0');
    const point = digits.length - this.scale;
    const decimals = digits.slice(point).replace(/0+$/, '');
    return sign + digits.slice(0, point) + (decimals === '' ? '' : `.${decimals}`);
  }
}
