/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Foreign text made fit for the screen. */
#include "base/rn-plain-text.h"

#include <string.h>

static const struct {
  const char *text, *plain;
} cases[] = {
  { "Lane closed", "Lane closed" },
  { "  Lane \t\n closed\n\n\n\n\nuntil noon ", "Lane\nclosed\n\nuntil noon" },
  { "<p>Lane <b>2</b> closed</p><br/>Use <A href='x'>I-70</A>", "Lane 2 closed\nUse I-70" },
  { "<ul><li>one</li><li>two</li></ul>", "one\ntwo" },
  { "Tom &amp; Jerry &lt;b&gt; &#39;x&#x27; &nbsp;&nbsp;y", "Tom & Jerry <b> 'x' y" },
  { "width < 12 ft & height > 3", "width < 12 ft & height > 3" },
  { "a<b", "a<b" }, /* begins like a tag and never ends */
  { "&unknown; &#xZZ; &#0; &#x110000; &", "&unknown; &#xZZ; &#0; &#x110000; &" },
  { "<!-- hidden -->seen", "seen" },
  { "\xe2\x80\xaeleft\xe2\x80\x8b\x01\x7f", "left" }, /* right-to-left override, controls */
  { "路面养护", "路面养护" },
  { "<script></script>", NULL },
  { " \n\t", NULL },
  { "", NULL },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *plain = rn_plain_text (cases[i].text, 1000);

      g_assert_cmpstr (plain, ==, cases[i].plain);
    }
  g_assert_null (rn_plain_text (NULL, 10));
}

static void
test_length (void)
{
  g_autofree char *exact = rn_plain_text ("路面养护", 4);
  g_autofree char *cut = rn_plain_text ("路面养护施工", 4);
  g_autofree char *space = rn_plain_text ("one two", 4);
  g_autofree char *much = g_strnfill (100000, '<');
  g_autofree char *little = rn_plain_text (much, 50);

  g_assert_cmpstr (exact, ==, "路面养护");
  g_assert_cmpstr (cut, ==, "路面养护…");
  g_assert_cmpstr (space, ==, "one…");
  g_assert_cmpint (g_utf8_strlen (little, -1), ==, 51);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plain-text/cases", test_cases);
  g_test_add_func ("/plain-text/length", test_length);
  return g_test_run ();
}
