"""Documents as data, and the forms they can take: text, Markdown, HTML, LaTeX, PDF."""
