/** Whose measures are worth their memory: those of the last few recipes, so that going back is free, and of cells' own questions. */
const RECIPES = 3;
const QUESTIONS = 4;

export class Remembered {
  #recipes: string[][] = [];
  #questions: string[] = [];
  #held: string[] = [];
  #compared: string[] = [];

  /** Signatures of what a recipe was judged and shown by. */
  recipe(signatures: string[]): void {
    this.#recipes = [signatures, ...this.#recipes].slice(0, RECIPES);
  }

  /** Signature of what a cell asked for, whatever the recipe. */
  question(signature: string): void {
    this.#questions = [signature, ...this.#questions.filter((other) => other !== signature)].slice(0, QUESTIONS);
  }

  /** Signatures of what the map stands for, until there is another one. */
  hold(signatures: string[]): void {
    this.#held = signatures;
  }

  /** Signatures of what the other file has of the records. */
  compared(signatures: string[]): void {
    this.#compared = signatures;
  }

  get signatures(): string[] {
    return [...this.#recipes.flat(), ...this.#questions, ...this.#held, ...this.#compared];
  }
}
