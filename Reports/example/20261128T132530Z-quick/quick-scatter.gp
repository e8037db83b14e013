# gnuplot quick-scatter.gp draws quick-scatter.svg and quick-scatter.png, of figures in quick.csv.
reset
set encoding utf8
set lmargin at screen 0.12698
set rmargin at screen 0.86772
set tmargin at screen 0.69315
set bmargin at screen 0.11781
set border 3 linecolor '#404040'
set tics nomirror out textcolor '#202020'
set grid xtics back linetype 1 linecolor '#dddddd' linewidth 0.6
set grid ytics back linetype 1 linecolor '#dddddd' linewidth 0.6
set errorbars small
set label 'Latency against MACs' at screen 0.01852, screen 0.97260 left font ',14'
set label 'A little of everything · Intel(R) Xeon(R) Processor · 1 thread' at screen 0.01852, screen 0.94521 left font ',11' textcolor '#505050'
set label 'Not shown, of 42 cases: 15 with a zero, which a logarithmic axis cannot hold (arrow heads)' at screen 0.01852, screen 0.01644 left font ',11' textcolor '#8a1c1c'
set key at screen 0.01852, screen 0.92877 left top horizontal maxcols 2 Left reverse samplen 3 width 1 noenhanced
set logscale x
set xrange [374440.4069022455:728413916.1732877]
set xtics ('' 400000 1, '' 500000 1, '' 600000 1, '' 700000 1, '' 800000 1, '' 900000 1, '1 M' 1000000, '' 2000000 1, '' 3000000 1, '' 4000000 1, '' 5000000 1, '' 6000000 1, '' 7000000 1, '' 8000000 1, '' 9000000 1, '10 M' 10000000, '' 20000000 1, '' 30000000 1, '' 40000000 1, '' 50000000 1, '' 60000000 1, '' 70000000 1, '' 80000000 1, '' 90000000 1, '100 M' 100000000, '' 200000000 1, '' 300000000 1, '' 400000000 1, '' 500000000 1, '' 600000000 1, '' 700000000 1)
set xlabel 'MACs'
set logscale y
set yrange [7.181855323325295e-06:0.04978619006090563]
set ytics ('' 8e-06 1, '' 9e-06 1, '10 µs' 1e-05, '' 2e-05 1, '' 3.0000000000000004e-05 1, '' 4e-05 1, '' 5e-05 1, '' 6.000000000000001e-05 1, '' 7.000000000000001e-05 1, '' 8e-05 1, '' 9e-05 1, '100 µs' 0.0001, '' 0.0002 1, '' 0.00030000000000000003 1, '' 0.0004 1, '' 0.0005 1, '' 0.0006000000000000001 1, '' 0.0007 1, '' 0.0008 1, '' 0.0009000000000000001 1, '1 ms' 0.001, '' 0.002 1, '' 0.003 1, '' 0.004 1, '' 0.005 1, '' 0.006 1, '' 0.007 1, '' 0.008 1, '' 0.009000000000000001 1, '10 ms' 0.01, '' 0.02 1, '' 0.03 1, '' 0.04 1)
set ylabel 'Latency, median'
$rate26 << e
374440.4069022455 0.007488808138044909
2489309.5030452814 0.04978619006090563
e
set label '100 MFLOP/s' at 2489309.5030452814,0.04978619006090563 center offset character 0,0.6 font ',10' textcolor '#606060'
$rate29 << e
374440.4069022455 0.000748880813804491
24893095.030452814 0.04978619006090563
e
set label '1 GFLOP/s' at 24893095.030452814,0.04978619006090563 center offset character 0,0.6 font ',10' textcolor '#606060'
$rate33 << e
374440.4069022455 7.48880813804491e-05
248930950.30452815 0.04978619006090563
e
set label '10 GFLOP/s' at 248930950.30452815,0.04978619006090563 center offset character 0,0.6 font ',10' textcolor '#606060'
$rate36 << e
374440.4069022455 7.4888081380449095e-06
728413916.1732877 0.014568278323465755
e
set label '100 GFLOP/s' at 728413916.1732877,0.014568278323465755 left offset character 0.8,0 font ',10' textcolor '#606060'
$rate39 << e
3590927.6616626475 7.181855323325295e-06
728413916.1732877 0.0014568278323465755
e
set label '1 TFLOP/s' at 728413916.1732877,0.0014568278323465755 left offset character 0.8,0 font ',10' textcolor '#606060'
$series1 << e
589824 4.6874e-05
116195328 0.0020573185
e
$series2 << e
589824 4.9904e-05
116195328 0.0016049885
e
$series3 << e
462422016 0.006226278
57802752 0.0006877879999999999
14450688 0.000254955
51380224 0.000645816
1016064 2.94455e-05
5531904 7.405399999999999e-05
e
$series4 << e
462422016 0.0018254525
e
$series5 << e
462422016 0.006301449
57802752 0.00136491
14450688 0.0011551925
51380224 0.0007868285
1016064 0.004133535
5531904 0.0134651095
e
$series6 << e
462422016 0.029285764
57802752 0.0038754765
14450688 0.0012963995
51380224 0.005142092500000001
1016064 0.00011674
5531904 0.0006659855
e
$series7 << e
59610624 0.000976349
e
$series8 << e
59610624 0.001643358
e
set arrow from graph 0.025, first 1.220925e-05 to graph 0.0, first 1.220925e-05 head filled size character 0.8,22 front linewidth 1 linecolor '#22406e'
set arrow from graph 0.025, first 1.9643e-05 to graph 0.0, first 1.9643e-05 head filled size character 0.8,22 front linewidth 1 linecolor '#22406e'
set arrow from graph 0.025, first 0.0003090775 to graph 0.0, first 0.0003090775 head filled size character 0.8,22 front linewidth 1 linecolor '#22406e'
set arrow from graph 0.025, first 0.0003120275 to graph 0.0, first 0.0003120275 head filled size character 0.8,22 front linewidth 1 linecolor '#22406e'
set arrow from graph 0.025, first 4.319e-05 to graph 0.0, first 4.319e-05 head filled size character 0.8,22 front linewidth 1 linecolor '#7c2238'
set arrow from graph 0.025, first 4.3979e-05 to graph 0.0, first 4.3979e-05 head filled size character 0.8,22 front linewidth 1 linecolor '#7c2238'
set arrow from graph 0.025, first 0.000434311 to graph 0.0, first 0.000434311 head filled size character 0.8,22 front linewidth 1 linecolor '#7c2238'
set arrow from graph 0.025, first 0.0005374085 to graph 0.0, first 0.0005374085 head filled size character 0.8,22 front linewidth 1 linecolor '#7c2238'
set arrow from graph 0.025, first 9.4308e-05 to graph 0.0, first 9.4308e-05 head filled size character 0.8,22 front linewidth 1 linecolor '#2674ab'
set arrow from graph 0.025, first 9.5511e-05 to graph 0.0, first 9.5511e-05 head filled size character 0.8,22 front linewidth 1 linecolor '#2674ab'
set arrow from graph 0.025, first 0.001212096 to graph 0.0, first 0.001212096 head filled size character 0.8,22 front linewidth 1 linecolor '#2674ab'
set arrow from graph 0.025, first 0.001252671 to graph 0.0, first 0.001252671 head filled size character 0.8,22 front linewidth 1 linecolor '#2674ab'
set arrow from graph 0.025, first 2.7411e-05 to graph 0.0, first 2.7411e-05 head filled size character 0.8,22 front linewidth 1 linecolor '#22406e'
set arrow from graph 0.025, first 4.7491e-05 to graph 0.0, first 4.7491e-05 head filled size character 0.8,22 front linewidth 1 linecolor '#22406e'
set arrow from graph 0.025, first 0.000184365 to graph 0.0, first 0.000184365 head filled size character 0.8,22 front linewidth 1 linecolor '#1f8a70'
$series15 << e
11934128 0.000518906
e
$series16 << e
11934128 0.007072687
e
set terminal svg noenhanced size 756,730 font 'sans-serif,12' background '#ffffff'
set output 'quick-scatter.svg'
plot $rate26 using 1:2 with lines linewidth 0.8 dashtype 3 linecolor '#808080' notitle, \
    $rate29 using 1:2 with lines linewidth 0.8 dashtype 3 linecolor '#808080' notitle, \
    $rate33 using 1:2 with lines linewidth 0.8 dashtype 3 linecolor '#808080' notitle, \
    $rate36 using 1:2 with lines linewidth 0.8 dashtype 3 linecolor '#808080' notitle, \
    $rate39 using 1:2 with lines linewidth 0.8 dashtype 3 linecolor '#808080' notitle, \
    $series1 using 1:2 with points pointtype 7 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'matmul, native', \
    $series2 using 1:2 with points pointtype 7 pointsize 1.1 linewidth 1.4 linecolor '#e8a33d' title 'matmul, openblas', \
    $series3 using 1:2 with points pointtype 5 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'conv2d, native', \
    $series4 using 1:2 with points pointtype 5 pointsize 1.1 linewidth 1.4 linecolor '#8a63b0' title 'conv2d, winograd', \
    $series5 using 1:2 with points pointtype 5 pointsize 1.1 linewidth 1.4 linecolor '#e8a33d' title 'conv2d, openblas', \
    $series6 using 1:2 with points pointtype 5 pointsize 1.1 linewidth 1.4 linecolor '#1f8a70' title 'conv2d, plain', \
    $series7 using 1:2 with points pointtype 9 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'attention, native', \
    $series8 using 1:2 with points pointtype 9 pointsize 1.1 linewidth 1.4 linecolor '#e8a33d' title 'attention, openblas', \
    NaN with points pointtype 13 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'spmm, native', \
    NaN with points pointtype 13 pointsize 1.1 linewidth 1.4 linecolor '#7c2238' title 'spmm, fused', \
    NaN with points pointtype 13 pointsize 1.1 linewidth 1.4 linecolor '#2674ab' title 'spmm, gather-scatter', \
    NaN with points pointtype 11 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'layer_norm, native', \
    NaN with points pointtype 15 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'softmax, native', \
    NaN with points pointtype 15 pointsize 1.1 linewidth 1.4 linecolor '#1f8a70' title 'softmax, plain', \
    $series15 using 1:2 with points pointtype 6 pointsize 1.1 linewidth 1.4 linecolor '#22406e' title 'mobilenet_v2, native', \
    $series16 using 1:2 with points pointtype 6 pointsize 1.1 linewidth 1.4 linecolor '#e8a33d' title 'mobilenet_v2, openblas'
set terminal pngcairo noenhanced size 1512,1460 font 'sans-serif,12' fontscale 1.5 linewidth 2 pointscale 2 background '#ffffff'
set output 'quick-scatter.png'
replot
unset output
