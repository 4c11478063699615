//! Journeys over desk, golden pages, old workbook files, the window driven for real: what users do, from outside.
