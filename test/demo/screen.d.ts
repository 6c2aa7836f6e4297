export interface Screen {
  step<T>(label: string, work: (tell: (line: string) => void) => Promise<T>): Promise<T>;
  title(text: string): void;
  say(text: string): void;
  typed(host: string, line: string): void;
  took(beganMs: number, how?: string): void;
  end(): void;
  elapsed(): string;
}

export function createScreen(output: NodeJS.WriteStream): Screen;
